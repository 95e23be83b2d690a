import type { HeldPaper } from '../contracts/dossier.ts';

/** A citizen of the demo, invented, with papers of earlier dossiers. Numbers carry no true person. */
export interface DemoCitizen {
  personalId: string;
  fullName: string;
  birthDate: string;
  sex: 'Nam' | 'Nữ';
  residence: string;
  phone: string | null;
  papers: readonly (Pick<HeldPaper, 'paperType' | 'name' | 'number' | 'issuer' | 'issuedOn' | 'validUntil' | 'trust'>)[];
}

const commune = 'Ủy ban nhân dân phường Mẫu';

/** The first one is the person on the virtual card, so that a card read at the demo counter shows papers already held. */
export const demoCitizens: readonly DemoCitizen[] = [
  {
    personalId: '001090012345', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', residence: 'Thôn 1, An Bình, Gia Bình, Bắc Ninh', phone: '0900000001',
    papers: [
      { paperType: 'giay-chung-nhan-ket-hon', name: 'Giấy chứng nhận kết hôn', number: '12/2018', issuer: commune, issuedOn: '2018-03-12', validUntil: null, trust: 'result-of-this-system' },
      { paperType: 'giay-to-cho-o', name: 'Hợp đồng thuê nhà', number: null, issuer: null, issuedOn: '2025-11-01', validUntil: '2027-10-31', trust: 'scan' },
      { paperType: 'giay-kham-suc-khoe', name: 'Giấy khám sức khỏe của người lái xe', number: 'SK-0456', issuer: 'Trung tâm Y tế Mẫu', issuedOn: '2025-01-10', validUntil: '2026-01-10', trust: 'scan' },
    ],
  },
  {
    personalId: '036185002468', fullName: 'Trần Thị Bích Hòa', birthDate: '1985-04-02', sex: 'Nữ', residence: 'Tổ dân phố 4, phường Mẫu, tỉnh Ninh Bình', phone: '0900000002',
    papers: [
      { paperType: 'xac-nhan-tinh-trang-hon-nhan', name: 'Giấy xác nhận tình trạng hôn nhân', number: '77/2026', issuer: commune, issuedOn: '2026-10-05', validUntil: '2027-04-05', trust: 'result-of-this-system' },
      { paperType: 'so-bao-hiem-xa-hoi', name: 'Sổ bảo hiểm xã hội', number: '3600000002', issuer: 'Bảo hiểm xã hội Mẫu', issuedOn: '2012-06-01', validUntil: null, trust: 'shared-data' },
    ],
  },
  {
    personalId: '035078004321', fullName: 'Đặng Quốc Mỵ', birthDate: '1978-12-30', sex: 'Nam', residence: 'Xóm Đoài, xã Mẫu, tỉnh Ninh Bình', phone: null,
    papers: [
      { paperType: 'giay-phep-lai-xe', name: 'Giấy phép lái xe hạng A1', number: '350123456789', issuer: 'Sở Giao thông vận tải Mẫu', issuedOn: '2010-08-20', validUntil: null, trust: 'shared-data' },
      { paperType: 'gcn-quyen-su-dung-dat', name: 'Giấy chứng nhận quyền sử dụng đất', number: 'CH 000123', issuer: 'Văn phòng đăng ký đất đai Mẫu', issuedOn: '2015-05-15', validUntil: null, trust: 'shared-data' },
    ],
  },
  {
    personalId: '037202007890', fullName: 'Lê Hoàng Quốc Bảo', birthDate: '2002-02-28', sex: 'Nam', residence: 'Số 7, ngõ 105/30, phố Mẫu, phường Mẫu, tỉnh Ninh Bình', phone: '0900000004', papers: [],
  },
  {
    personalId: '034300001357', fullName: "H'Linh Ksor", birthDate: '2000-11-09', sex: 'Nữ', residence: 'Buôn Mẫu, xã Mẫu, tỉnh Đắk Lắk', phone: null,
    papers: [
      { paperType: 'giay-chung-sinh', name: 'Giấy chứng sinh', number: 'GCS-2026-0007', issuer: 'Bệnh viện Sản Nhi Mẫu', issuedOn: '2026-11-10', validUntil: null, trust: 'shared-data' },
    ],
  },
];
