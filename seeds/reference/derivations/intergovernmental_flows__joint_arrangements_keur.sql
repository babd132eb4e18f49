select $joint_arrangements_keur as value
